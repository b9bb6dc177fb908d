"""What `trialhouse doctor` looks at where a profile asks sources: keys, contact, hosts."""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from trialhouse.cli.finding import Finding
from trialhouse.settings import Settings
from trialhouse.sources.reachable import why_unreachable

SECONDS = 5.0
"""How long a host may take to accept a connection."""


def examine_network(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[Finding]:
    """Findings about keys and hosts. A profile without topics asks nobody, and nobody is asked here either."""
    if not settings.refresh_topics:
        says = f"the profile {settings.profile} asks no source (`--profile live` looks at those that do)"
        return [Finding(name="network", is_ok=True, says=says)]
    return [_keys(settings, environ), _contact(settings), _hosts(settings)]


def _keys(settings: Settings, environ: Mapping[str, str]) -> Finding:
    """Which keys are there. A source answers without, only slower."""
    told = []
    for name, source in sorted(settings.sources.items()):
        if source.key_variable:
            has_key = bool(environ.get(source.key_variable))
            rate, faster = source.requests_per_second, source.requests_per_second_with_key
            if has_key:
                told.append(f"{name}: {source.key_variable} is set, {faster or rate:g} requests/s")
            else:
                gain = f" ({faster:g} with a key of your own: set it where refreshes run)" if faster else ""
                told.append(f"{name}: {source.key_variable} is not set, {rate:g} requests/s{gain}")
    return Finding(name="keys", is_ok=True, says="; ".join(told) or "no source takes one")


def _contact(settings: Settings) -> Finding:
    says = settings.contact_email or "no contact_email: services cannot write to you, and may refuse you"
    advice = "set TRIALHOUSE_CONTACT_EMAIL, or contact_email in trialhouse.toml"
    return Finding(name="contact", is_ok=settings.contact_email is not None, says=says, advice=advice)


def _hosts(settings: Settings) -> Finding:
    """Whether each source's host takes a connection; pages of the web are many hosts, and not tried."""
    addresses = {name: source.base_url for name, source in sorted(settings.sources.items()) if source.base_url}
    with ThreadPoolExecutor(max_workers=max(1, len(addresses))) as pool:
        answers = dict(
            zip(addresses, pool.map(lambda one: why_unreachable(one, SECONDS), addresses.values()), strict=True)
        )
    away = [f"{name} ({why})" for name, why in answers.items() if why is not None]
    says = f"no connection to {', '.join(away)}" if away else f"{', '.join(addresses)} take connections"
    advice = "see to the network, the firewall or the address in config/sources; a refresh goes on without them, exit 4"
    return Finding(name="hosts", is_ok=not away, says=says, advice=advice)
