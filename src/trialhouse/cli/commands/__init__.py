"""One file a command; the app imports a file only when its command runs."""
