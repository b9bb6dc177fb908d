"""The same paper, the same trial, the same arm, the same outcome: from claims of documents to rows of tables."""
