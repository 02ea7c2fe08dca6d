#!/usr/bin/env bash
# Lives one part of a study on each node of a Slurm array; slurm-merge.sh puts the parts together.
#   job="$(sbatch --parsable --array=1-20 docs/examples/slurm-run.sh configs/selbu/uncertainty.yaml)"
#   sbatch --dependency="afterok:$job" docs/examples/slurm-merge.sh uncertainty
# A part that was cut off is gone on with when the same array is submitted again.
#SBATCH --job-name=carestair
#SBATCH --cpus-per-task=8
#SBATCH --mem=8G
#SBATCH --time=04:00:00
#SBATCH --requeue
set -euo pipefail

configuration="${1:?name a configuration}"
part="${SLURM_ARRAY_TASK_ID:?submit with --array=1-N}"
parts="${SLURM_ARRAY_TASK_COUNT:?submit with --array=1-N}"

exec carestair run "$configuration" --shard "$part/$parts" --resume \
  --threads "${SLURM_CPUS_PER_TASK:-1}"
