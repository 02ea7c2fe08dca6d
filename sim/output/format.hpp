// Name and version of the file format. Major: an old reader would misread; minor: something new
// that an old reader may ignore. docs/file-format.md is the page of the current version.
#pragma once

namespace carestair::output {

inline constexpr const char* format_name = "carestair-result";
inline constexpr int format_major = 1;
inline constexpr int format_minor = 8;

namespace group {
inline constexpr const char* indicators = "indicators";
inline constexpr const char* persons = "persons";
inline constexpr const char* configuration = "configuration";
inline constexpr const char* events = "events";
inline constexpr const char* person_rows = "person_rows";
inline constexpr const char* draws = "draws";
}  // namespace group

}  // namespace carestair::output
