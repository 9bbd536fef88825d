// SPDX-License-Identifier: Apache-2.0
// The pipeline fragments of pipelines/*.gst, with their placeholders filled in. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/values.h"

namespace fanlight::gst {

/// Further properties of an element, by their names.
using Properties = std::map<std::string, std::string, std::less<>>;
/// What may stand in a placeholder. Text is quoted, so that a device's name can never become pipeline syntax.
using FragmentValue = std::variant<std::int64_t, base::FrameRate, std::string, Properties>;
using FragmentValues = std::map<std::string, FragmentValue, std::less<>>;

/// The names of the fragments of a role: for "encode" "x264enc" and so on, in the order of their names.
std::vector<std::string> fragmentNames(std::string_view role);

/// The text of `role`-`name`.gst for a pipeline. Fails with NotFound for an unknown fragment, and with InvalidArgument
/// where it has a placeholder that `values` lacks.
base::Result<std::string> renderFragment(std::string_view role, std::string_view name, const FragmentValues& values);

/// Fills in a text; the core of renderFragment().
base::Result<std::string> fillPlaceholders(std::string_view text, const FragmentValues& values);

}  // namespace fanlight::gst
