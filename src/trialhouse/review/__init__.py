"""The review page: a small web application on this machine, over one warehouse. It has no logic of its own."""
