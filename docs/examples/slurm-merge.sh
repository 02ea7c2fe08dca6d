#!/usr/bin/env bash
# Puts the parts of slurm-run.sh together: slurm-merge.sh NAME, the name of the configuration without
# folder and .yaml.
#SBATCH --job-name=carestair-merge
#SBATCH --cpus-per-task=1
#SBATCH --mem=4G
#SBATCH --time=01:00:00
set -euo pipefail

name="${1:?name the study, as in outputs/NAME.1-of-20.worlds}"

exec carestair merge outputs/"$name".*-of-*.worlds -o "outputs/$name.h5"
