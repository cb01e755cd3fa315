"""The JSON Schema of kpicli.toml, by which editors complete and check it.

models of the settings, the catalogue, mail -> document -> JSON Schema
keys.toml: what each key means, in both languages -^
"""
