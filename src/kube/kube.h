#ifndef BULKHEAD_KUBE_KUBE_H
#define BULKHEAD_KUBE_KUBE_H

/* The door of kube/. */
#include "manifest.h"
#include "renderer.h"

#endif
