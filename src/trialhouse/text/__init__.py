"""Leaves that know about characters only: sentences, numbers, offsets."""
