"""A mail written: what a reader must see first, its words, its page, and the message itself.

Summary            concerns    doubts, missed targets, gaps            -> Concerns
Summary, Concerns  draft       subject and words, by templates;        -> Draft
                               the same as HTML, by page
Draft              message     with the headers of Recipients          -> bytes
"""
