// SPDX-License-Identifier: Apache-2.0
// The log, as systemd's journal keeps it: with a level, and with fields that it can be searched by.
#pragma once

namespace fanlight::service {

/// From now on lines go to the journal where it reads our standard error (systemd.exec(5), JOURNAL_STREAM), with
/// FANLIGHT_AREA and their own fields as FANLIGHT_NAME; elsewhere nothing changes. Before other threads log.
void logToJournal();

}  // namespace fanlight::service
