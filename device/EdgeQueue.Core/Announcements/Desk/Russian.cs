namespace EdgeQueue.Core.Announcements;

public static partial class DeskWords
{
    private static Dictionary<DeskPrompt, DeskText> Russian => new()
    {
        [DeskPrompt.Welcome] = new("Есть запись?", "Номер/тел.+Enter", "Если у вас есть запись, наберите её номер или номер телефона и нажмите Enter, или поднесите код к сканеру."),
        [DeskPrompt.PressButton] = new("Нажмите", "кнопку", "Нажмите кнопку, чтобы получить талон."),
        [DeskPrompt.YourNumber] = new("Ваш номер:", "", ""),
        [DeskPrompt.Wait] = new("Минутку ...", "", ""),
        [DeskPrompt.Issued] = new("Талон {label}", "Возьмите талон", "Талон {label}. Возьмите талон."),
        [DeskPrompt.TimedOut] = new("Время вышло", "Начните заново", "Время вышло. Начните заново."),
        [DeskPrompt.WrongNumber] = new("Неверный номер", "Попробуйте снова", "Это не номер записи и не номер телефона. Попробуйте снова."),
        [DeskPrompt.UnknownBooking] = new("Записи нет", "Возьмите талон", "Запись не найдена. Проверьте номер или возьмите талон."),
        [DeskPrompt.SeveralBookings] = new("Много записей", "Введите номер", "У вас несколько записей. Наберите номер нужной записи."),
        [DeskPrompt.AlreadyHere] = new("Уже отмечены", "Ждите вызова", "Вы уже отметились. Ждите вызова."),
        [DeskPrompt.TooEarly] = new("Слишком рано", "Зайдите позже", "Отмечаться ещё рано. Подойдите незадолго до приёма."),
        [DeskPrompt.TooLate] = new("Слишком поздно", "Возьмите талон", "На эту запись вы опоздали. Возьмите талон."),
        [DeskPrompt.Cancelled] = new("Запись отменена", "Возьмите талон", "Эта запись отменена. Возьмите талон."),
        [DeskPrompt.NoCheckIn] = new("Сейчас нельзя", "Возьмите талон", "Отметиться сейчас нельзя. Возьмите талон."),
        [DeskPrompt.NoPaper] = new("Нет бумаги", "Позовите нас", "Закончилась бумага. Обратитесь к сотрудникам."),
        [DeskPrompt.NoTickets] = new("Талонов нет", "Позовите нас", "Сейчас талоны не выдаются. Обратитесь к сотрудникам."),
        [DeskPrompt.Closed] = new("Закрыто", "", "Мы закрыты."),
        [DeskPrompt.Evacuation] = new("Покиньте", "здание", ""),
        [DeskPrompt.NotPossible] = new("Невозможно", "Позовите нас", "Это невозможно. Обратитесь к сотрудникам."),
    };
}
