"""What is configured of a source: whose it is, on which terms, where it answers and how politely it is asked."""

from pydantic import Field

from trialhouse.model.record import Record


class SourceConfig(Record):
    """`config/sources/<source>.toml`. A source of files has terms only."""

    publisher: str | None = Field(None, description="Who publishes it.")
    license: str | None = Field(None, description="The licence of its texts: an SPDX name, or words.")
    may_be_passed_on: bool = Field(False, description="Whether a release may carry whole texts.")
    base_url: str | None = Field(None, description="Where it answers, without a slash at the end.")
    requests_per_second: float = Field(1.0, gt=0, description="What one host is asked at most, by all processes.")
    requests_per_second_with_key: float | None = Field(None, description="The same where a key is given.")
    key_variable: str | None = Field(None, description="The variable of the environment that holds the key.")
    records_per_request: int = Field(100, ge=1, description="Records asked for at once.")
    ids_per_page: int = Field(1000, ge=1, description="Ids on one page of a list of matches.")
    overlap_days: int = Field(3, ge=0, description="Days before the watermark that are asked for again.")
    since: str = Field("1900-01-01", description="The day before which nothing is asked for.")
