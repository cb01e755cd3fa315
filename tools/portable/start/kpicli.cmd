@echo off
rem kpicli: "kpicli summarize --period 2025H1" in a console, or exports dropped on this file.
setlocal
set "KPICLI_HOME=%~dp0"
if "%~1"=="" goto alone
if /i "%~f1"=="%~1" goto dropped
"%KPICLI_HOME%python\python.exe" -m kpicli %*
exit /b %errorlevel%

:dropped
rem The settings are written beside the exports; pushd also goes to a folder of another machine.
if exist "%~1\*" (pushd "%~1") else pushd "%~dp1."
"%KPICLI_HOME%python\python.exe" -m kpicli init %*
goto stay

:alone
"%KPICLI_HOME%python\python.exe" -m kpicli
set "KPICLI_EXIT=%errorlevel%"
rem A double click starts "cmd /c ..." with the name of this file: its window would close at once.
setlocal enabledelayedexpansion
if "!cmdcmdline:%~nx0=!"=="!cmdcmdline!" exit /b %KPICLI_EXIT%
endlocal

:stay
rem A console where "kpicli" can be typed, until it is closed.
set "PATH=%KPICLI_HOME%;%PATH%"
cmd /k
