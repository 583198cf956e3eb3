/** A bar that runs out. */
export interface Countdown {
  /** From the full time, also while it runs. */
  begin(): void
  end(): void
}

export function createCountdown(bar: HTMLProgressElement, seconds: number): Countdown {
  let timer: ReturnType<typeof setInterval> | undefined
  let endsAt = 0
  const draw = () => {
    bar.value = Math.max(0, endsAt - Date.now()) / 1000
  }
  bar.max = seconds
  return {
    begin() {
      clearInterval(timer)
      endsAt = Date.now() + seconds * 1000
      timer = setInterval(draw, 100)
      draw()
    },
    end() {
      clearInterval(timer)
      bar.value = 0
    },
  }
}
