"""Clause frames: the shapes in which a sentence says which number belongs to which arm.

A frame binds all of its numbers to arms or none. Each has an id and a confidence, a prior until it is measured.
"""
