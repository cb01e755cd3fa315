"""The dialogue of `kpicli init`, which leads from a folder of exports to settings.

options -> init -> steps: shown, asked, counted -> kpicli.toml, a draft, the first table
"""
