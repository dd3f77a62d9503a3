namespace EdgeQueue.Core.Announcements;

public static partial class DeskWords
{
    private static Dictionary<DeskPrompt, DeskText> Spanish => new()
    {
        [DeskPrompt.Welcome] = new("¿Tiene cita?", "Núm./tel.+ Enter", "¿Tiene cita? Teclee el número de la cita o su número de teléfono y pulse Enter, o acerque su código al lector."),
        [DeskPrompt.PressButton] = new("Pulse", "un botón", "Pulse un botón para obtener un turno."),
        [DeskPrompt.YourNumber] = new("Su número:", "", ""),
        [DeskPrompt.Wait] = new("Un momento ...", "", ""),
        [DeskPrompt.Issued] = new("Turno {label}", "Recoja su papel", "Turno {label}. Recoja su papel."),
        [DeskPrompt.TimedOut] = new("Tiempo agotado", "Empiece de nuevo", "El tiempo se ha agotado. Empiece de nuevo."),
        [DeskPrompt.WrongNumber] = new("Número erróneo", "Pruebe de nuevo", "No es un número de cita ni un número de teléfono. Pruebe de nuevo."),
        [DeskPrompt.UnknownBooking] = new("Cita no hallada", "Tome un turno", "No se ha encontrado ninguna cita. Compruebe el número, o tome un turno."),
        [DeskPrompt.SeveralBookings] = new("Varias citas", "Teclee su número", "Tiene varias citas. Teclee el número de la cita que desea."),
        [DeskPrompt.AlreadyHere] = new("Ya registrado", "Espere su turno", "Ya está registrado. Espere a que le llamen."),
        [DeskPrompt.TooEarly] = new("Demasiado pronto", "Vuelva más tarde", "Es demasiado pronto. Vuelva poco antes de su cita."),
        [DeskPrompt.TooLate] = new("Demasiado tarde", "Tome un turno", "Es demasiado tarde para esta cita. Tome un turno."),
        [DeskPrompt.Cancelled] = new("Cita anulada", "Tome un turno", "Esta cita fue anulada. Tome un turno."),
        [DeskPrompt.NoCheckIn] = new("No disponible", "Tome un turno", "El registro no es posible en este momento. Tome un turno."),
        [DeskPrompt.NoPaper] = new("No hay papel", "Pida ayuda", "No hay papel. Pida ayuda al personal."),
        [DeskPrompt.NoTickets] = new("No hay turnos", "Pida ayuda", "No se pueden dar turnos en este momento. Pida ayuda al personal."),
        [DeskPrompt.Closed] = new("Cerrado", "", "Está cerrado."),
        [DeskPrompt.Evacuation] = new("Salga del", "edificio", ""),
        [DeskPrompt.NotPossible] = new("No es posible", "Pida ayuda", "No es posible. Pida ayuda al personal."),
        [DeskPrompt.BookingsOnly] = new("Solo con cita", "Pida cita", "Ahora es solo con cita. Pida una cita."),
        [DeskPrompt.NoMoreToday] = new("Hoy no hay más", "Venga otro día", "Hoy no quedan turnos para este servicio. Venga otro día."),
        [DeskPrompt.HallFull] = new("Sala llena", "Vuelva más tarde", "Ahora hay demasiada gente. Vuelva un poco más tarde."),
        [DeskPrompt.HowMany] = new("¿Cuántos son?", "", "¿Cuántas personas son? Teclee el número y pulse Enter."),
        [DeskPrompt.YourPhone] = new("Su teléfono:", "", "Teclee su número de teléfono y pulse Enter."),
        [DeskPrompt.YourCase] = new("Su expediente:", "", "Teclee el número de su expediente y pulse Enter, o acerque el código al lector."),
    };
}
