"""The report laid out for people who read, and written as a page of HTML.

Report -> outline -> render -> HTML (templates, styles)
             |
             |         `- fragment: small enough for a CMS     pdf     site: index, trends
             |- tables, cards: figures as a table, cards      appendix: what the desk alone needs
             `- overview: what stands before and after the sections
"""
