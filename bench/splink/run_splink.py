"""Runs Splink 4 for bench/linkage-splink.ts. Usage: run_splink.py golden|score FOLDER. Reads FOLDER/*.csv, writes FOLDER/*.json."""
import json
import logging
import sys
import time
from pathlib import Path

import duckdb
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)
FOLDER = Path(sys.argv[2])


def table(connection, name, where="true"):
    path = FOLDER / f"{name}.csv"
    connection.execute(
        f"CREATE OR REPLACE TABLE t_{name} AS SELECT * FROM read_csv('{path}', all_varchar = true, nullstr = '', header = true) WHERE {where}"
    )
    columns = [row[0] for row in connection.execute(f"DESCRIBE t_{name}").fetchall()]
    if "unique_id" in columns:
        sample = connection.execute(f"SELECT bool_and(try_cast(unique_id AS INTEGER) IS NOT NULL) FROM t_{name}").fetchone()[0]
        if sample:
            connection.execute(f"ALTER TABLE t_{name} ALTER unique_id TYPE INTEGER")
    return connection.table(f"t_{name}")


def inputs(connection, link_type):
    if link_type == "dedupe_only":
        return [table(connection, "people").project("unique_id, first_name, surname, dob, city, email, truth")], None
    names = ["site_b", "site_a"] if link_type == "link_only" else ["site_b", "site_a", "site_c"]
    tables = []
    for name in names:
        connection.execute(
            f"CREATE OR REPLACE TABLE in_{name} AS SELECT unique_id::INTEGER AS unique_id, first_name, surname, dob, city, email, truth"
            f" FROM read_csv('{FOLDER / 'people.csv'}', all_varchar = true, nullstr = '', header = true) WHERE source = '{name}'"
        )
        tables.append(connection.table(f"in_{name}"))
    return tables, names


def dedupe():
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("first_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("surname", "dob"),
            block_on("first_name", "city"),
            "l.dob = r.dob and substr(l.first_name, 1, 2) = substr(r.first_name, 1, 2)",
            block_on("email"),
        ],
        retain_intermediate_calculation_columns=True,
        additional_columns_to_retain=["truth"],
        linker_uid="golden01",
    )


def link():
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname"),
            cl.DamerauLevenshteinAtThresholds("dob", [1, 2]),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[block_on("city"), block_on("dob"), block_on("surname")],
        retain_intermediate_calculation_columns=True,
        linker_uid="golden02",
    )


def given():
    """Given, partly untrained, every way to adjust by term frequency, and factors of 0 and of infinity."""
    return {
        "link_type": "link_and_dedupe",
        "probability_two_random_records_match": 0.01,
        "retain_matching_columns": True,
        "linker_uid": "golden03",
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.city = r.city", "sql_dialect": "duckdb"},
            {"blocking_rule": "l.surname = r.surname", "sql_dialect": "duckdb"},
        ],
        "comparisons": [
            {
                "output_column_name": "first name",
                "comparison_levels": [
                    {"sql_condition": "\"first_name_l\" IS NULL OR \"first_name_r\" IS NULL", "is_null_level": True},
                    {"sql_condition": "first_name_r = \"first_name_l\"", "m_probability": 0.8, "u_probability": 0.08,
                     "tf_adjustment_column": "first_name", "tf_minimum_u_value": 0.05},
                    {"sql_condition": "levenshtein(first_name_l, first_name_r) <= 1", "m_probability": 0.1, "u_probability": 0.01,
                     "tf_adjustment_column": "first_name", "tf_adjustment_weight": 0.5},
                    {"sql_condition": "jaro_similarity(first_name_l, first_name_r) >= 0.7", "m_probability": 0.04, "u_probability": 0.1,
                     "tf_adjustment_column": "first_name", "disable_tf_exact_match_detection": True},
                    {"sql_condition": "ELSE", "m_probability": 0.06, "u_probability": 0.81},
                ],
            },
            {
                "output_column_name": "surname",
                "comparison_levels": [
                    {"sql_condition": "\"surname_l\" IS NULL OR \"surname_r\" IS NULL", "is_null_level": True},
                    {"sql_condition": "\"surname_l\" = \"surname_r\""},
                    {"sql_condition": "jaro_winkler_similarity(\"surname_l\", \"surname_r\") >= 0.9", "m_probability": 0.2},
                    {"sql_condition": "damerau_levenshtein(\"surname_l\", \"surname_r\") <= 2", "u_probability": 0.05},
                    {"sql_condition": "else"},
                ],
            },
            {
                "output_column_name": "dob",
                "comparison_levels": [
                    {"sql_condition": "\"dob_l\" IS NULL OR \"dob_r\" IS NULL", "is_null_level": True},
                    {"sql_condition": "\"dob_l\" = \"dob_r\"", "m_probability": 0.9, "u_probability": 0.0},
                    {"sql_condition": "substr(\"dob_l\", 1, 4) = substr(\"dob_r\", 1, 4)", "m_probability": 0.1, "u_probability": 0.15},
                    {"sql_condition": "ELSE", "m_probability": 0.0, "u_probability": 0.85},
                ],
            },
        ],
    }


def set_zeros(linker, settings):
    """Splink loses probabilities of 0 when it reads a model: set them afterwards."""
    for comparison, wanted in zip(linker._settings_obj.comparisons, settings["comparisons"]):
        for level, given_level in zip(comparison.comparison_levels, wanted["comparison_levels"]):
            if given_level.get("m_probability") == 0:
                level.m_probability = 0.0
            if given_level.get("u_probability") == 0:
                level.u_probability = 0.0


def train(linker, rules, deterministic):
    training = linker.training
    training.estimate_probability_two_random_records_match(deterministic, recall=0.8)
    prior = linker._settings_obj._probability_two_random_records_match
    training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in rules:
        training.estimate_parameters_using_expectation_maximisation(rule)
    training.estimate_parameters_using_expectation_maximisation(rules[0], estimate_without_term_frequencies=True)
    return prior


def figures(linker, sources, sample):
    predicted = linker.inference.predict()
    columns = [c.unquote().name for c in predicted.columns]
    order = (["source_dataset_l"] if sources else []) + ["unique_id_l"] + (["source_dataset_r"] if sources else []) + ["unique_id_r"]
    frame = predicted.as_duckdbpyrelation()
    keys = [c for c in columns if c.startswith(("gamma_", "bf_", "tf_")) and not c.endswith(("_l", "_r"))]
    wanted = order + ["match_weight", "match_probability", "match_key"] + keys
    rows = frame.project(", ".join(f'"{c}"' for c in wanted)).order(", ".join(order)).fetchall()
    histogram = {}
    for row in rows:
        bin_ = int(row[len(order)] // 2 * 2)
        histogram[bin_] = histogram.get(bin_, 0) + 1
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.9)
    count = clusters.as_duckdbpyrelation().aggregate("count(DISTINCT cluster_id) AS n").fetchone()[0]
    return {
        "columns": columns,
        "pairs": len(rows),
        "weightTotal": sum(row[len(order)] for row in rows),
        "histogram": {str(k): v for k, v in sorted(histogram.items())},
        "clusters": count,
        "rowColumns": wanted,
        "rows": [list(row) for row in rows[:: max(1, len(rows) // sample)]][:sample],
    }


def golden():
    cases = {}
    for name, settings, rules, deterministic in [
        ("dedupe", dedupe(), [block_on("first_name", "surname"), block_on("dob")], [block_on("first_name", "surname", "dob"), block_on("email")]),
        ("link", link(), [block_on("dob"), "l.first_name = r.first_name and l.surname = r.surname"], ["l.first_name = r.first_name and l.dob = r.dob"]),
        ("given", given(), None, None),
    ]:
        connection = duckdb.connect()
        link_type = settings["link_type"] if isinstance(settings, dict) else settings.link_type
        tables, aliases = inputs(connection, link_type)
        linker = Linker(tables, settings, DuckDBAPI(connection), input_table_aliases=aliases)
        if isinstance(settings, dict):
            set_zeros(linker, settings)
            case = {"model": settings}
        else:
            untrained = linker.misc.save_model_to_json()
            prior = train(linker, rules, deterministic)
            case = {
                "untrained": untrained,
                "training": [r if isinstance(r, str) else r.get_blocking_rule("duckdb").blocking_rule_sql for r in rules],
                "deterministic": [r if isinstance(r, str) else r.get_blocking_rule("duckdb").blocking_rule_sql for r in deterministic],
                "prior": prior,
                "model": linker.misc.save_model_to_json(),
            }
        case.update(figures(linker, aliases is not None, 80))
        cases[name] = case
    return {"origin": origin(), "cases": cases}


def origin():
    return f"Splink {splink.__version__}, DuckDB {duckdb.__version__}, Python {sys.version.split()[0]}"


DATA = {
    "fake_1000": {
        "comparisons": lambda: [
            cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        "rules": [block_on("first_name"), block_on("surname"), block_on("dob"), block_on("email")],
        "training": [block_on("first_name", "surname"), block_on("dob")],
        "deterministic": [block_on("first_name", "surname", "dob"), block_on("email")],
    },
    "febrl3": {
        "comparisons": lambda: [
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        ],
        "rules": [block_on("soc_sec_id"), block_on("given_name"), block_on("surname"), block_on("date_of_birth"), block_on("postcode")],
        "training": [block_on("date_of_birth"), block_on("postcode")],
        "deterministic": [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")],
    },
}


def score():
    result = {"origin": origin(), "cases": {}}
    for name, spec in DATA.items():
        connection = duckdb.connect()
        connection.execute("SET threads = 2")
        data = table(connection, name)
        settings = SettingsCreator(
            link_type="dedupe_only",
            comparisons=spec["comparisons"](),
            blocking_rules_to_generate_predictions=spec["rules"],
            linker_uid=name,
        )
        linker = Linker(data, settings, DuckDBAPI(connection))
        untrained = linker.misc.save_model_to_json()
        start = time.time()
        prior = train(linker, spec["training"], spec["deterministic"])
        trained = time.time()
        predicted = linker.inference.predict()
        done = time.time()
        path = FOLDER / f"{name}.scores.parquet"
        connection.execute(
            f"COPY (SELECT unique_id_l, unique_id_r, match_weight, match_key FROM {predicted.physical_name} ORDER BY 1, 2) TO '{path}' (FORMAT parquet)"
        )
        spell = lambda rules: [r.get_blocking_rule("duckdb").blocking_rule_sql for r in rules]
        case = {
            "untrained": untrained,
            "training": spell(spec["training"]),
            "deterministic": spell(spec["deterministic"]),
            "prior": prior,
            "model": linker.misc.save_model_to_json(),
            "seconds": {"train": trained - start, "predict": done - trained},
        }
        found = figures(linker, False, 300)
        case.update({**found, "rowColumns": found["rowColumns"][:4], "rows": [row[:4] for row in found["rows"]]})
        result["cases"][name] = case
    return result


if sys.argv[1] == "golden":
    output = golden()
else:
    output = score()
(FOLDER / f"{sys.argv[1]}.json").write_text(json.dumps(output, default=str))
