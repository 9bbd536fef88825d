// SPDX-License-Identifier: Apache-2.0
// The page's entry.
import 'webrtc-adapter';
import './page/app-element';
import { language } from './page/language';

document.documentElement.lang = language;
