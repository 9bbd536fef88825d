// SPDX-License-Identifier: Apache-2.0
// A token bucket for each source.
#include "access/guess_limit.h"

#include <algorithm>

namespace fanlight::access {

double GuessLimit::leftOf(const Bucket& bucket) const {
  const std::chrono::duration<double, std::chrono::minutes::period> passed = clock_.now() - bucket.filled;
  return std::min(kGuessBurst, bucket.left + passed.count() * kGuessesPerMinute);
}

bool GuessLimit::isOver(const session::SourceId& source) const {
  const auto bucket = buckets_.find(source);
  return bucket != buckets_.end() && leftOf(bucket->second) < 1;
}

bool GuessLimit::count(const session::SourceId& source) {
  if (!buckets_.contains(source) && buckets_.size() >= kMaxGuessers)
    makeRoom();
  Bucket& bucket = buckets_.try_emplace(source, Bucket{kGuessBurst, clock_.now()}).first->second;
  bucket = {std::max(0.0, leftOf(bucket) - 1), clock_.now()};
  return bucket.left < 1;
}

void GuessLimit::makeRoom() {
  std::erase_if(buckets_, [this](const auto& entry) { return leftOf(entry.second) >= kGuessBurst; });
  if (buckets_.size() >= kMaxGuessers)
    buckets_.erase(std::ranges::max_element(buckets_, {}, [this](const auto& entry) { return leftOf(entry.second); }));
}

}  // namespace fanlight::access
