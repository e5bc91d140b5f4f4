"""Mutated inputs of every kind, and what must hold of whatever comes out: see docs/internals/security.md, section Fuzzing."""
