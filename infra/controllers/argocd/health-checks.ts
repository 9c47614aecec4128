/**
 * Health of the resources that other controllers own, in Lua as Argo CD runs it.
 *
 * Argo CD gives a script `obj` (the live object) and opens the libraries base, table and a safe os alone
 * (argoproj/argo-cd v3.5.7 util/lua/lua.go): there is no `string` library here.
 */

/**
 * Health of a flagger.app Canary. Phases: fluxcd/flagger pkg/apis/flagger/v1beta1/status.go.
 *
 * Argo CD's own check (resource_customizations/flagger.app/Canary/health.lua) says Unknown, its worst state, of
 * Initializing, Waiting and WaitingPromotion, and stops with an error on a status without conditions. Waiting for a
 * person is Suspended here: neither broken nor done.
 */
export const canaryHealth = `local health = {
  Initializing = "Progressing",
  Initialized = "Healthy",
  Waiting = "Suspended",
  Progressing = "Progressing",
  WaitingPromotion = "Suspended",
  Promoting = "Progressing",
  Finalising = "Progressing",
  Succeeded = "Healthy",
  Failed = "Degraded",
  Terminating = "Progressing",
  Terminated = "Progressing",
}
local status = obj.status
if status == nil or status.phase == nil or status.phase == "" then
  return { status = "Progressing", message = "waiting for Flagger" }
end
local message = status.phase
local weight = tonumber(status.canaryWeight)
if weight ~= nil and weight > 0 then
  message = message .. ", canary weight " .. weight .. " %"
end
for _, condition in ipairs(status.conditions or {}) do
  if condition.message ~= nil and condition.message ~= "" then
    message = message .. ": " .. condition.message
  end
end
return { status = health[status.phase] or "Unknown", message = message }
`;

/**
 * Health of a keda.sh ScaledObject. Conditions: kedacore/keda apis/keda/v1alpha1/condition_types.go.
 *
 * Flagger pauses the ScaledObject of a canary between two analyses. Argo CD's own check calls that Suspended, and a
 * sync with later waves or PostSync hooks would wait for it without end: a pause is Healthy here. The Fallback
 * condition of a paused object is a leftover and says nothing.
 *
 * On its fallback an object does what it was told for the time without metrics, and its application serves. Argo CD's
 * own check calls that Degraded; here a Degraded application has its last change reverted, and no change of an
 * application ends an outage of Prometheus.
 */
export const scaledObjectHealth = `local state = {}
for _, condition in ipairs((obj.status or {}).conditions or {}) do
  state[condition.type] = condition
end
local function is(name, value)
  return state[name] ~= nil and state[name].status == value
end
local function message(name)
  return state[name].message or name
end
if is("Ready", "False") then
  return { status = "Degraded", message = message("Ready") }
end
if is("Paused", "True") then
  return { status = "Healthy", message = message("Paused") }
end
if is("Fallback", "True") then
  return { status = "Healthy", message = message("Fallback") }
end
if is("Ready", "True") then
  return { status = "Healthy", message = message("Ready") }
end
return { status = "Progressing", message = "waiting for KEDA" }
`;
