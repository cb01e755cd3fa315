"""Tables of kpicli.toml as they are declared, each by itself.

[exports] -> export -> Export: files, what they cover, and how they are read
               `-> shapes -> Shape: how rows are made where a line is none
[report]  -> report -> ReportSetting: words, charts, frame, answers to principles
"""
