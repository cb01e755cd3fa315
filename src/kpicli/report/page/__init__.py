"""The report laid out for people who read, and written as a page of HTML.

Report -> outline -> render -> HTML (templates, styles)
             |
             |                  `- site: the pages of no single period
             `- tables, cards: figures as rows and cells     appendix: what the desk alone needs
"""
