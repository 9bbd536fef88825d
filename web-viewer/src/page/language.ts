// SPDX-License-Identifier: Apache-2.0
// The language of this page, chosen once when it loads.
import { chooseLanguage, languages } from '../text/text';

export const language = chooseLanguage(location.search, navigator.languages);
export const texts = languages[language];
