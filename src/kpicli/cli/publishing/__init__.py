"""Commands on figures that leave the desk: written, drawn, frozen, compared, sent.

period -> summary |- report, chart, site, fill -> what is published
                  |- freeze -> record -> diff
                  `- mail -> recipients

Each module has the handler of the command that it is named after; `cli/app.py` lists them.
"""
