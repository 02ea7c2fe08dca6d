// What every mechanism prepares from a configuration, in one include.
#pragma once

#include "processes/acute.hpp"
#include "processes/behaviour.hpp"
#include "processes/cognition.hpp"
#include "processes/demography_tables.hpp"
#include "processes/economy.hpp"
#include "processes/function.hpp"
#include "processes/hidden_problems.hpp"
#include "processes/mortality.hpp"
#include "processes/needs.hpp"
#include "processes/seeking.hpp"
#include "processes/services.hpp"
#include "processes/travel.hpp"
#include "processes/user_groups.hpp"
#include "processes/workforce.hpp"
