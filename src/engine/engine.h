#ifndef BULKHEAD_ENGINE_ENGINE_H
#define BULKHEAD_ENGINE_ENGINE_H

/* The door of engine/: a workspace holds one repository, its model and the rules; a run turns them
 * into findings. The command line and the editor share it. */
#include "baseline.h"
#include "compare.h"
#include "finding.h"
#include "layer_reads.h"
#include "pass.h"
#include "rule.h"
#include "run.h"
#include "workspace.h"

#endif
