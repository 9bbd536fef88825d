// SPDX-License-Identifier: Apache-2.0
// Run by tools/test before the suite: fetches the proxy and the judge of metrics, which the suite's own network namespace
// could not.

import { fetchPackage } from '../support/fetched.mjs';

fetchPackage('caddy');
fetchPackage('prometheus');
