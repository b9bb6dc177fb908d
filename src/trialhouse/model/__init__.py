"""What the words mean: documents, evidence, trials, arms, outcomes, releases, and the tables made from them.

Every other room may import this one; it imports none of them.
"""
