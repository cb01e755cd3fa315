"""How commands are defined: typer, its help and its errors, in our words."""
