#pragma once
#include "inference.h"
#include "head.h"
