// SPDX-License-Identifier: Apache-2.0
// GResource as names and texts.
#include "glib/resource.h"

#include "glib/owned.h"

namespace fanlight::glib {

std::vector<std::string> resourceNames(GResource* resource, const std::string& folder) {
  const Owned<char*> files(
      g_resource_enumerate_children(resource, folder.c_str(), G_RESOURCE_LOOKUP_FLAGS_NONE, nullptr));
  std::vector<std::string> names;
  for (char** file = files.get(); file && *file; ++file)
    names.emplace_back(*file);
  return names;
}

std::optional<std::string> resourceText(GResource* resource, const std::string& path) {
  const auto bytes =
      Ref<GBytes>::adopt(g_resource_lookup_data(resource, path.c_str(), G_RESOURCE_LOOKUP_FLAGS_NONE, nullptr));
  if (!bytes)
    return std::nullopt;
  gsize size = 0;
  const auto* text = static_cast<const char*>(g_bytes_get_data(bytes.get(), &size));
  return std::string(text, size);
}

}  // namespace fanlight::glib
