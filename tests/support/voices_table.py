"""The figures of a project of two voices, as csv."""

VOICES = ("summarize", "--period", "2025H1", "--kpi", "voices")
BOM = b"\xef\xbb\xbf"
TABLE = (
    "period,start,end,kpi,title,principles,by,group,part,item,value,unit,numerator,denominator,"
    "previous,year_ago,target,target_status,status,faulty_rows,origin,definition\n"
    "2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,,,2,件,,,,,,,ok,0,computed,\n"
    "2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,感謝,1,件,,,,,,,ok,0,computed,\n"
    "2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,不満,1,件,,,,,,,ok,0,computed,\n"
    "2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,要望,0,件,,,,,,,ok,0,computed,\n"
    "2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,その他,0,件,,,,,,,ok,0,computed,\n"
)
