"""What every part may use: errors, faults, wording, storage, the clock."""
