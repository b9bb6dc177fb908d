from trialhouse.store.connection import scratch_database
from trialhouse.store.counts import count_rows


def test_each_place_is_counted_under_its_name() -> None:
    with scratch_database() as connection:
        connection.execute("CREATE TABLE sizes AS FROM range(5) AS t(n)")
        places = {"all": "sizes", ("some", 1): "sizes WHERE n > 2", 3: "(FROM sizes WHERE n > 9) AS none"}
        assert count_rows(connection, places) == {"all": 5, ("some", 1): 2, 3: 0}
        assert count_rows(connection, {}) == {}
