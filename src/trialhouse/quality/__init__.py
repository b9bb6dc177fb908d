"""Checks over a build, the gate before publishing, and the alerts that come of what fails."""
