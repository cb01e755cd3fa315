"""How commands are defined: typer, its help and its errors, in our words.

words -> commands -> typer, each option taken as coercion leaves it
           |- periods     words that no argument takes -> the values of --period
           |- help_text   help in two languages, laid out by terminal cells
           `- usage       an error of typer -> a UsageError in our words
"""
