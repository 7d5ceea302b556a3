#pragma once
#include "head.h"
#include "inference.h"
#include "level.h"
#include "product.h"
