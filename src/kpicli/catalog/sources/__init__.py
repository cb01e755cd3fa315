"""The declaration of exports, as data: sources with their columns, and what cells may hold.

[source.<id>.columns] -> columns     -> Column, Key
[source.<id>]         -> source      -> Source: DerivedColumn of derivations/, when rows count
[codes.<id>]          -> code_tables -> CodeTable
all of them           -> tables      -> SourceTables, with sources made of others, the calendar
"""
