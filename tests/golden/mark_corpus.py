"""Rewrite the `read` marks of the corpus's expected results: what the extractor reads today, and nothing else.

    python tests/golden/mark_corpus.py

Run it when `test_corpus.py` says that a number is newly read, look at the difference, and commit it. It never changes
an expected number; one that is lost has its mark removed here, so look for that too.
"""

import json
import sys

from corpus_reading import compare, corpus_documents, expected_path, expected_result, read_document


def mark_all() -> int:
    """Set every mark; print a line a document; return how many numbers are marked as read."""
    total = 0
    for path in corpus_documents():
        expected = expected_result(path)
        _, records = read_document(path)
        compared = compare(expected, records)
        for outcome in expected["outcomes"]:
            for value in outcome["measurements"] + outcome["analyses"]:
                value["read"] = compared.is_read(value)
        written = json.dumps(expected, indent=1, ensure_ascii=False) + "\n"
        expected_path(path).write_text(written, encoding="utf-8")
        print(
            f"{path.name}: {len(compared.read)} read, {len(compared.in_part)} in part, {len(compared.unread)} not yet"
        )
        total += len(compared.read)
    return total


if __name__ == "__main__":
    print(f"{mark_all()} numbers are marked as read", file=sys.stderr)
