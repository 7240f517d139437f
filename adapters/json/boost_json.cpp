// Boost.JSON's compiled parts, in this file only: no library of it is linked.
#include <boost/json/src.hpp>
