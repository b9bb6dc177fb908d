"""Telling people what became of alerts: what each route hears of, the words, the outbox, the delivery."""
