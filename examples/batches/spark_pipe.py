#!/usr/bin/env python3
"""Plans a study of many scenarios with Apache Spark: each partition is piped through eniac.

    python spark_pipe.py study.jsonl --partitions 2 --output reports.jsonl

study.jsonl holds a scenario a line. Each line gives one report, in order; a line that is no
scenario gives {"line": ..., "error": ...}, where the line is counted within its partition.

Without further settings Spark runs on this machine alone and talks to no other. `spark-submit
--master ...` sends the same script to a cluster, on whose machines eniac must be installed; then
--output is a folder that all of them reach, and each partition is a file in it.
"""

import argparse
import json
import os
import shlex
import shutil

from pyspark import SparkConf, SparkContext

MICRO = 1_000_000


def spark(partitions):
    """Spark as it was set up from outside, or on this machine alone."""
    conf = SparkConf().setAppName("eniac")
    if conf.get("spark.master", None) is None:
        conf.setMaster(f"local[{partitions}]")
        conf.set("spark.driver.host", "127.0.0.1")
        conf.set("spark.driver.bindAddress", "127.0.0.1")
        conf.set("spark.ui.enabled", "false")
    return SparkContext(conf=conf)


def figures(line):
    """What is added up of a report: (scenarios, without a plan, micro-USD predicted, cheapest)."""
    report = json.loads(line)
    if "error" in report or report["cheapest"] is None:
        return (1, 1, 0, 0)
    cost = lambda plan: plan["fleet"]["cost"]["totalMicroUsdPerMonth"]
    # Of Auto Scaling groups nothing is predicted.
    predicted = report["predicted"] or report["cheapest"]
    return (1, 0, cost(predicted), cost(report["cheapest"]))


def sum_of(one, other):
    return tuple(a + b for a, b in zip(one, other))


def usd(micro):
    cents = (micro + MICRO // 200) * 100 // MICRO
    return f"{cents // 100:,}.{cents % 100:02} USD a month"


def main():
    arguments = argparse.ArgumentParser(description="Plan a study of many scenarios with Spark.")
    arguments.add_argument("study", help="a file with a scenario a line")
    arguments.add_argument("--partitions", type=int, default=2, help="at least so many parts")
    arguments.add_argument("--eniac", default=shutil.which("eniac") or "eniac", help="the command")
    arguments.add_argument("--output", help="where the reports go, a line each")
    arguments = arguments.parse_args()

    context = spark(arguments.partitions)
    try:
        scenarios = context.textFile(arguments.study, arguments.partitions)
        # Spark gives a piped command an empty environment, and believes any end of it unless told.
        reports = scenarios.pipe(
            f"{shlex.quote(arguments.eniac)} plan --jsonl",
            env={"PATH": os.environ.get("PATH", "")},
            checkCode=True,
        ).cache()
        count, unplanned, predicted, cheapest = reports.map(figures).fold((0, 0, 0, 0), sum_of)
        if arguments.output and context.master.startswith("local"):
            with open(arguments.output, "w", encoding="utf-8", newline="\n") as file:
                for report in reports.toLocalIterator():
                    file.write(report + "\n")
        elif arguments.output:
            reports.saveAsTextFile(arguments.output)
        parts = reports.getNumPartitions()
        print(f"{count} scenarios in {parts} partitions, {unplanned} of them without a plan")
        print(f"predicted: {usd(predicted)}; cheapest: {usd(cheapest)}")
    finally:
        context.stop()


if __name__ == "__main__":
    main()
