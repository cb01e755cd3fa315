"""The ground that every part stands on: errors, faults, wording, storage, the clock."""
