"""The monthly counts by mail: written, handed over once, and remembered.

Nothing here is loaded by any other command.
"""
