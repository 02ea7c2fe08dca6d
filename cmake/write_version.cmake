# Run with cmake -P: writes HEADER from TEMPLATE with VERSION and the commit of SOURCE_DIR.

set(GIT_COMMIT "unknown")
find_program(GIT git)
if(GIT AND EXISTS "${SOURCE_DIR}/.git")
  set(_git ${GIT} -c safe.directory=* --no-optional-locks -C ${SOURCE_DIR})
  execute_process(
    COMMAND ${_git} rev-parse --short=12 HEAD
    OUTPUT_VARIABLE _commit OUTPUT_STRIP_TRAILING_WHITESPACE
    RESULT_VARIABLE _failed ERROR_QUIET)
  if(_failed EQUAL 0 AND _commit)
    set(GIT_COMMIT "${_commit}")
    execute_process(
      COMMAND ${_git} status --porcelain --untracked-files=no -- sim cmake CMakeLists.txt
      OUTPUT_VARIABLE _changes RESULT_VARIABLE _failed ERROR_QUIET)
    if(_failed EQUAL 0 AND _changes)
      string(APPEND GIT_COMMIT "-modified")
    endif()
  endif()
endif()

configure_file("${TEMPLATE}" "${HEADER}" @ONLY)  # touches the file only when the text differs
