"""Runs Splink 4 for bench/linkage-scale.ts. Usage: scale.py FOLDER. Reads FOLDER/run.json and model.json, writes splink.json."""
import json
import logging
import resource
import sys
import time
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker

logging.getLogger("splink").setLevel(logging.ERROR)
folder = Path(sys.argv[1])
run = json.loads((folder / "run.json").read_text())
seconds = {}
cpu_seconds = {}


def timed(step, work):
    start, used = time.perf_counter(), time.process_time()
    done = work()
    seconds[step] = time.perf_counter() - start
    cpu_seconds[step] = time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  splink {step}: {seconds[step]:.1f} s, CPU {cpu_seconds[step]:.1f} s, peak {peak} MB", flush=True)
    return done


connection = duckdb.connect()
connection.execute(f"SET memory_limit = '{run['memory']}'; SET threads = {run['threads']}; SET temp_directory = '{folder}/splink-spill'")


def load():
    connection.execute(f"CREATE TABLE people AS SELECT * FROM read_parquet('{run['people']}')")
    return Linker(connection.table("people"), str(folder / "model.json"), db_api=DuckDBAPI(connection))


def train():
    training = linker.training
    rules = run["training"]
    training.estimate_probability_two_random_records_match(rules["deterministic"], recall=rules["recall"])
    training.estimate_u_using_random_sampling(max_pairs=1e7)
    for rule in rules["maximisation"]:
        training.estimate_parameters_using_expectation_maximisation(rule)


linker = timed("load", load)
timed("train", train)
predicted = timed("predict", lambda: linker.inference.predict(threshold_match_weight=run["threshold"]))
clustered = timed(
    "cluster",
    lambda: linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.5),
)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
(folder / "splink-model.json").write_text(json.dumps(linker.misc.save_model_to_json()))

pairs, clusters = predicted.physical_name, clustered.physical_name


def one(sql):
    return [float(value) for value in connection.execute(sql).fetchone()]


def pairs_of(groups):
    return f"SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM ({groups})"


(matches,) = one(pairs_of("SELECT count(*) AS n FROM people GROUP BY entity"))
(kept,) = one(f"SELECT count(*) FROM {pairs}")
edges = one(
    f"SELECT count(*), count(*) FILTER (l.entity = r.entity) FROM {pairs} p JOIN people l ON l.unique_id = p.unique_id_l"
    " JOIN people r ON r.unique_id = p.unique_id_r WHERE match_weight >= 0"
)
found = one(pairs_of(f"SELECT count(*) AS n FROM {clusters} GROUP BY cluster_id"))
same = one(
    pairs_of(f"SELECT count(*) AS n FROM (SELECT unique_id, cluster_id FROM {clusters}) JOIN people USING (unique_id) GROUP BY cluster_id, entity")
)
(folder / "splink.json").write_text(
    json.dumps(
        {
            "seconds": seconds,
            "cpuSeconds": cpu_seconds,
            "candidates": run["candidates"],
            "kept": kept,
            "edges": {"found": edges[0], "same": edges[1], "matches": matches},
            "clusters": {"found": found[0], "same": same[0], "matches": matches},
            "peakMb": peak,
        }
    )
)
