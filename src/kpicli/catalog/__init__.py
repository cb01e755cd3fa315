"""The catalogue: sources, code tables, KPIs and checks, as data that is never run as code.

packs/*.toml + kpicli.toml -> read -> Catalog of catalog
                                                 |- Source, CodeTable   of sources/
                                                 |    `- from           of derivations/
                                                 |- Kpi                 of kpis/, amounts, measures/
                                                 |    |- ComposedKpi    of others, in composed/
                                                 |    |- where          of conditions
                                                 |    `- targets        of targets
                                                 `- Check               of checks
Catalog -> problems           whatever does not fit together, with the path of its key
        -> validation/        what pydantic finds wrong, in words of our own
Kpi     -> definition, words  the definition in plain words; its digest
        -> labels             the English of what its figures are split by
texts, declared               the forms that all of them share: a text in two languages, a title
"""
