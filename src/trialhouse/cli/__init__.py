"""The command line: thin commands, each calling one function of a room. Data goes to stdout, the rest to stderr."""
