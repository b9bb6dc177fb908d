"""Where documents come from, and the store of bytes as they were received."""
