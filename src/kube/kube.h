#ifndef BULKHEAD_KUBE_KUBE_H
#define BULKHEAD_KUBE_KUBE_H

/* The door of kube/. */
#include "address.h"
#include "cause.h"
#include "chance.h"
#include "definition.h"
#include "dependence.h"
#include "effect.h"
#include "external.h"
#include "makers.h"
#include "manifest.h"
#include "network.h"
#include "object.h"
#include "object_texts.h"
#include "origin.h"
#include "placement.h"
#include "quantity.h"
#include "realm.h"
#include "reference.h"
#include "release.h"
#include "renderer.h"
#include "request.h"
#include "scaler.h"
#include "scheduling.h"
#include "secret_mention.h"
#include "secret_model.h"
#include "selector.h"
#include "shutdown.h"
#include "sync_order.h"
#include "workload.h"

#endif
